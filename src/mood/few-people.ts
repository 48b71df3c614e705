/** When an aggregate is about too few people to be shown. */

/** Whoever is one of two can be told apart, so aggregates of fewer people than this aren't shown as history. */
export const FEWEST_PEOPLE = 3;
