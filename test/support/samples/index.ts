import type { Sample } from './sample'
import { studioSample } from './studio'
import { technicianSample } from './technician'

/** The two complete applications that tests and the demonstration share. */
export const samples: Sample[] = [studioSample, technicianSample]
export { studioSample, technicianSample }
export type { Sample } from './sample'
