import { computed, ref, type Ref } from 'vue'

const MOST = 6

/** Zooming and moving a picture on its stage with one or two fingers, a double tap, or the wheel. */
export function usePinch(stage: Readonly<Ref<HTMLElement | null>>) {
  const scale = ref(1)
  const shift = ref({ x: 0, y: 0 })
  const fingers = new Map<number, { x: number; y: number }>()
  let lastTap = 0

  function zoom(to: number) {
    scale.value = Math.min(MOST, Math.max(1, to))
    move(0, 0)
  }
  /** The picture's edge never leaves the stage further than its own overhang. */
  function move(x: number, y: number) {
    const box = stage.value
    const reach = { x: ((box?.clientWidth ?? 0) * (scale.value - 1)) / 2, y: ((box?.clientHeight ?? 0) * (scale.value - 1)) / 2 }
    const within = (value: number, most: number) => Math.min(most, Math.max(-most, value))
    shift.value = { x: within(shift.value.x + x, reach.x), y: within(shift.value.y + y, reach.y) }
  }
  const spread = () => {
    const [a, b] = [...fingers.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }

  const handlers = {
    pointerdown(event: PointerEvent) {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      stage.value?.setPointerCapture(event.pointerId)
      if (event.timeStamp - lastTap < 300 && fingers.size === 1) zoom(scale.value > 1 ? 1 : 2.5)
      lastTap = event.timeStamp
    },
    pointermove(event: PointerEvent) {
      const before = fingers.get(event.pointerId)
      if (!before) return
      const apart = spread()
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
      if (fingers.size === 2 && apart > 0) zoom((scale.value * spread()) / apart)
      else if (fingers.size === 1) move(event.clientX - before.x, event.clientY - before.y)
    },
    pointerup: (event: PointerEvent) => void fingers.delete(event.pointerId),
    pointercancel: (event: PointerEvent) => void fingers.delete(event.pointerId),
    wheel: (event: WheelEvent) => zoom(scale.value * (event.deltaY < 0 ? 1.2 : 1 / 1.2)),
  }
  const style = computed(() => ({ transform: `translate(${shift.value.x}px, ${shift.value.y}px) scale(${scale.value})` }))
  return { scale, zoom, style, handlers }
}
