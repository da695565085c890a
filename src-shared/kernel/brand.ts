declare const brand: unique symbol;

/**
 * A value of `Base` that only a parse function may produce.
 *
 * The tag exists for the compiler alone: at run time a branded string is a string. Each name is a key
 * of its own, so that one value can carry two brands; two values of one key would make it `never`.
 */
export type Brand<Base, Name extends string> = Base & {
  readonly [brand]: { readonly [Tag in Name]: true };
};
