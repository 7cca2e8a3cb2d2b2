import { createApp } from 'vue'
import VueForm from './VueForm.vue'
import './page.css'

createApp(VueForm).mount('#app')
