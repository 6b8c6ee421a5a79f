namespace EdgeHost.Runtime.Onnx.Memory;

/// <summary>What a load was measured to take.</summary>
/// <param name="PrivateBytes">
/// Growth of the heap less the arena's free regions: weights, prepacked weights, graph. Measured, for the growth of anonymous memory in a fresh process, MB:
/// text detector 7.1 for 6.1, text recogniser 12.8 for 13.2, speech encoder 15.6 for 15.7, speech decoder 51.6 for 53.3; from prepared forms 2.1 for 1.8,
/// 5.9 for 5.5, 7.9 for 7.4, 17.3 for 17.6.
/// </param>
/// <param name="MappedBytes">
/// The mapped file. After a load nearly all of it is resident, as every weight was read (4.9 of 4.9, 10.3 of 10.6, 10.7 of 12.5 MB); of branches that have
/// not run yet it is not (speech decoder: 15.6 of 37.4 MB after the load, 29 once both branches ran).
/// </param>
internal readonly record struct SessionFootprint(long PrivateBytes, long MappedBytes)
{
    /// <summary>
    /// A measured growth within what is plausible: other code in the process takes and frees memory too, and without the C library's count a heap that
    /// was large before hides a load completely.
    /// </summary>
    /// <param name="measured">The growth; may be negative.</param>
    /// <param name="least">What the load takes in any case.</param>
    /// <param name="fileBytes">The bytes of the model's file.</param>
    public static long Plausible(long measured, long least, long fileBytes) => Math.Clamp(measured, least, least + (4 * fileBytes) + (32L << 20));
}
