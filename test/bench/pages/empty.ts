import { createApp } from 'vue'
import EmptyForm from './EmptyForm.vue'
import './page.css'

createApp(EmptyForm).mount('#app')
