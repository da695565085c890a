declare const brand: unique symbol;

/**
 * A value of `Base` that only a parse function may produce.
 *
 * The tag exists for the compiler alone: at run time a branded string is a string.
 */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
