// What the instructions of a network that are about an object have in common.
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { ObjectData } from './cdn.compile.ts'
import type { Delivery } from './delivery.ts'

/** An instruction about the object that the request asks for. */
export abstract class ObjectInstruction extends PlainInstruction {
  protected readonly delivery: Delivery
  protected readonly next: number
  protected readonly isAtShield: boolean
  private readonly population: number
  private readonly base: number

  constructor(plan: PlanInstruction, delivery: Delivery) {
    super(plan.handler)
    const { population, isAtShield } = plan.data as unknown as ObjectData
    this.delivery = delivery
    this.next = plan.next
    this.isAtShield = isAtShield
    this.population = population
    this.base = delivery.keys.add(population)
  }

  protected keyOf(frame: number): number {
    return this.delivery.keyOf(frame, this.population, this.base)
  }
}
