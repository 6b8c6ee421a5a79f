namespace EdgeHost.IntegrationTests.Running;

/// <summary>Spoken sentences.</summary>
internal static class Sounds
{
    /// <summary>What is said in all of them, and understood on every processor: weights of 8 bits are rounded differently.</summary>
    public const string Words = "weather is nice";

    private const int HeaderBytes = 44;

    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Media", name);

    /// <summary>A sentence and a pause: 16-bit samples, one channel.</summary>
    public static byte[] SentenceSamples() => File.ReadAllBytes(PathOf("sentence.wav"))[HeaderBytes..];
}
