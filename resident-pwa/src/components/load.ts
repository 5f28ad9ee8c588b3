import type { Task } from '@lit/task'
import { html } from 'lit'
import { problemNotice } from './problem-notice.ts'

/** A task's three faces: progress that says what is awaited, the problem with a way to try again, the thing itself. */
export function renderTask<T>(task: Task<readonly unknown[], T>, waitingFor: string, complete: (value: T) => unknown) {
  const progress = () => html`<ikd-progress label=${waitingFor}></ikd-progress>`
  return task.render({
    initial: progress,
    pending: progress,
    error: (problem) => problemNotice(problem, () => void task.run()),
    complete,
  })
}
