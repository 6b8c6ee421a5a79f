namespace EdgeHost.Plugins.Speech.Keywords.Heads;

/// <summary>Knows one keyword by the vectors of a sound. One for each sound; not thread-safe.</summary>
internal interface IKeywordHead : IDisposable
{
    /// <summary>The keyword's id.</summary>
    string Keyword { get; }

    /// <summary>How many vectors it looks at, ≥ 1.</summary>
    int Window { get; }

    /// <summary>From which score it counts, 0 to 1.</summary>
    float Threshold { get; }

    /// <summary>The model as id@version.</summary>
    string Model { get; }

    /// <summary>Judges.</summary>
    /// <param name="vectors">The newest <see cref="Window"/> vectors, the oldest first.</param>
    /// <param name="cancellationToken">Stops the step.</param>
    /// <returns>How sure it is that the keyword has just ended, 0 to 1.</returns>
    /// <exception cref="EdgeHostException">As <see cref="EdgeHost.PluginSdk.IModelLease.RunAsync"/> says.</exception>
    ValueTask<float> ScoreAsync(ReadOnlyMemory<float> vectors, CancellationToken cancellationToken);
}
