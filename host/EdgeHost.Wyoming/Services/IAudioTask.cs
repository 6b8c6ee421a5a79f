namespace EdgeHost.Wyoming.Services;

/// <summary>Something that listens to the audio of a connection. Used by one thread at a time.</summary>
internal interface IAudioTask : IAsyncDisposable
{
    /// <summary>Takes samples.</summary>
    /// <param name="shape">What they are; the same as in the first piece.</param>
    /// <param name="samples">The samples; stay as they are until the task is done.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the host's method says.</exception>
    ValueTask HearAsync(AudioShape shape, ReadOnlyMemory<byte> samples, CancellationToken cancellationToken);

    /// <summary>The audio has ended: sends what is left to say.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException">As the host's method says.</exception>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
