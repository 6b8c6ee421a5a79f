namespace EdgeHost.Runtime.Onnx.Memory;

/// <summary>What a load was measured to take.</summary>
/// <param name="PrivateBytes">
/// Growth of the heap: weights, prepacked weights, graph, and the regions that the arena has after the load. Measured against the growth of anonymous
/// memory in a fresh process, in MB: text detector 8.1 for 7.0, text recogniser 12.8 for 11.8, speech encoder 15.5 for 14.8, speech decoder 51.5 for 51.2;
/// from prepared forms 3.0 for 0.9 (1.0 of it is an arena region that no run has touched), 5.9 for 4.7, 7.8 for 6.6, 17.2 for 16.1.
/// </param>
/// <param name="MappedBytes">
/// The mapped file. After a load all of it is resident, as every weight was read (4.9 of 4.9, 10.0 of 10.6, 12.4 of 12.5 MB); only of branches that never
/// run it is not (20 of 37 MB of the speech decoder after its first step).
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
