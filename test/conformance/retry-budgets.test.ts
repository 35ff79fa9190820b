// What every registered retry budget must hold for any history: never negative, bounded, stops a storm, recovers.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { budgets } from '../../sim-core/components/policy/budget-registry.ts'
import { BUDGET_DEFAULTS, budgetParameters } from '../../sim-core/components/policy/retry-budget.ts'
import type { BudgetDefinition, RetryBudget } from '../../sim-core/components/policy/retry-budget.ts'

it('every budget has an id of its own, and says what it does, where it is from and what it reads', () => {
  expect(new Set(budgets.map(({ id }) => id)).size).toBe(budgets.length)
  for (const { id, label, help, source, parameters } of budgets) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [label, help, source]) expect(text).not.toBe('')
    for (const parameter of parameters) expect(budgetParameters[parameter]).toBeDefined()
  }
})

const create = (definition: BudgetDefinition): RetryBudget =>
  definition.create({ ...BUDGET_DEFAULTS, ...definition.defaults })

/** A call whose tries end as told, as often as the budget allows; answers its tries. */
function call(budget: RetryBudget, outcomes: readonly boolean[]): number {
  budget.onCall()
  let tries = 0
  for (const success of outcomes) {
    tries++
    budget.onTryEnd(success, tries)
    if (tries > 1) budget.onRetryEnd()
    if (success || tries === outcomes.length || !budget.tryRetry(false)) break
  }
  budget.onCallEnd()
  return tries
}

const histories = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), { maxLength: 300 })

describe.each(budgets.map((definition) => [definition.id, definition] as const))('%s', (id, definition) => {
  it('is never used up by more than all, and does the same again', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const [one, other] = [create(definition), create(definition)]
        for (const outcomes of history) {
          expect(call(one, outcomes)).toBe(call(other, outcomes))
          expect(one.left()).toBeGreaterThanOrEqual(0)
          expect(one.left()).toBeLessThanOrEqual(1)
          expect(one.left()).toBe(other.left())
        }
      }),
    )
  })

  it('bounds retries where everything fails', () => {
    const budget = create(definition)
    const underWay = 100
    let retries = 0
    let tried = 0
    for (let round = 0; round < 1000; round++) {
      for (let i = 0; i < underWay; i++) budget.onCall()
      let granted = 0
      for (let i = 0; i < underWay; i++) {
        budget.onTryEnd(false, 1)
        if (budget.tryRetry(false)) granted++
      }
      for (let i = 0; i < granted; i++) {
        budget.onTryEnd(false, 2)
        budget.onRetryEnd()
      }
      for (let i = 0; i < underWay; i++) budget.onCallEnd()
      retries += granted
      tried += underWay
    }
    expect(retries / tried).toBeLessThanOrEqual(id === 'envoy' ? 0.2 : 0.11)
  })

  it('allows retries again after a time in which everything went well', () => {
    const budget = create(definition)
    for (let i = 0; i < 1000; i++) call(budget, [false, false, false])
    for (let i = 0; i < 1000; i++) call(budget, [true])
    budget.onCall()
    expect(budget.tryRetry(false)).toBe(true)
  })
})
