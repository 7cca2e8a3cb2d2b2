import { createRouter, createWebHistory } from 'vue-router'

/** Every page is loaded when it is visited: a cold visit to one step loads that step's code only. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'start', component: () => import('../features/start/StartPage.vue') },
    { path: '/check/:award', name: 'check', component: () => import('../features/check/CheckPage.vue') },
    { path: '/apply/:draft', name: 'tasks', component: () => import('../features/apply/TasksPage.vue') },
    { path: '/apply/:draft/review', name: 'review', component: () => import('../features/apply/ReviewPage.vue') },
    { path: '/apply/:draft/paper', name: 'paper', component: () => import('../features/paper/PaperPage.vue') },
    { path: '/apply/:draft/receipt', name: 'receipt', component: () => import('../features/receipt/ReceiptPage.vue') },
    { path: '/apply/:draft/history', name: 'history', component: () => import('../features/history/HistoryPage.vue') },
    { path: '/apply/:draft/rescue', name: 'rescue', component: () => import('../features/rescue/SavePage.vue') },
    { path: '/apply/:draft/move', name: 'give', component: () => import('../features/rescue/GivePage.vue') },
    { path: '/apply/:draft/:step', name: 'step', component: () => import('../features/apply/StepPage.vue') },
    { path: '/login', name: 'login', component: () => import('../features/account/LoginPage.vue'), meta: { open: true } },
    { path: '/pin', name: 'pin', component: () => import('../features/account/pin/PinPage.vue') },
    // Open also while the phone is locked, like the login: there is nothing of anybody's on them.
    { path: '/pin/forgotten', name: 'forgotten', component: () => import('../features/account/pin/ForgottenPage.vue'), meta: { open: true } },
    { path: '/me', name: 'me', component: () => import('../features/account/MePage.vue') },
    { path: '/me/devices', name: 'devices', component: () => import('../features/account/DevicesPage.vue') },
    { path: '/me/phone', name: 'phone', component: () => import('../features/account/PhonePage.vue') },
    { path: '/staff/factor', name: 'factor', component: () => import('../features/account/FactorPage.vue') },
    { path: '/staff', name: 'staff', component: () => import('../features/account/StaffPage.vue') },
    { path: '/storage', name: 'storage', component: () => import('../features/storage/StoragePage.vue') },
    { path: '/outbox', name: 'outbox', component: () => import('../features/outbox/OutboxPage.vue') },
    { path: '/verify/:number?', name: 'verify', component: () => import('../features/receipt/VerifyPage.vue') },
    { path: '/rescue', name: 'open', component: () => import('../features/rescue/OpenPage.vue') },
    { path: '/move', name: 'receive', component: () => import('../features/rescue/ReceivePage.vue') },
    { path: '/demo', name: 'demo', component: () => import('../features/demo/DemoPage.vue') },
    { path: '/share', name: 'share', component: () => import('../features/share/SharePage.vue') },
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFoundPage.vue') },
  ],
})
