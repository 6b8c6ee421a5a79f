namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Hears what is said in one turn. Not thread-safe.</summary>
internal interface ITurnListener : IAsyncDisposable
{
    /// <summary>Takes sound.</summary>
    /// <param name="samples">16,000 a second, from -1 to 1.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    ValueTask<TurnHeard> HearAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken);

    /// <summary>Ends the sound.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    ValueTask<TurnHeard> FinishAsync(CancellationToken cancellationToken);
}
