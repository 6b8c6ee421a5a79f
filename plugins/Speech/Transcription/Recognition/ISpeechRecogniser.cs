namespace EdgeHost.Plugins.Speech.Transcription.Recognition;

/// <summary>Writes down a stretch of speech. Holds the models as long as it is not disposed. Thread-safe.</summary>
internal interface ISpeechRecogniser : IDisposable
{
    /// <summary>The models as id@version.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>What they understand, as BCP 47.</summary>
    string Language { get; }

    /// <summary>The longest stretch that they can be given.</summary>
    TimeSpan Longest { get; }

    /// <summary>Writes down.</summary>
    /// <param name="samples">16,000 a second, from -1 to 1; at most <see cref="Longest"/>.</param>
    /// <param name="cancellationToken">Stops between steps and inside of one.</param>
    /// <exception cref="EdgeHostException">As <see cref="PluginSdk.IModelLease.RunAsync"/> says.</exception>
    ValueTask<Recognised> RecogniseAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken);
}
