// The version of the engine, which every result names.

/**
 * With it, a plan and a seed fix every figure of a result. It is raised whenever the same plan and seed may give another
 * fingerprint or another figure: the patch for a mended mistake, the minor for anything else. It follows neither the
 * version of the program nor that of the scenario language.
 */
export const ENGINE_VERSION = '1.0.1'
