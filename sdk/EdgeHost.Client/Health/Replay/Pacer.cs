namespace EdgeHost.Client.Health.Replay;

/// <summary>Waits until a moment of a record would be now.</summary>
internal sealed class Pacer
{
    private readonly ReplayOptions _options;
    private readonly long _start;

    public Pacer(ReplayOptions options)
    {
        options.Check();
        (_options, _start, Began) = (options, options.Time.GetTimestamp(), options.Time.GetUtcNow());
    }

    /// <summary>When the replay began.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>Waits until a time of the record has come; returns at once where it is past.</summary>
    /// <param name="recorded">The time since the record's start.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task WaitAsync(TimeSpan recorded, CancellationToken cancellationToken)
    {
        var left = (recorded / _options.Speed) - _options.Time.GetElapsedTime(_start);
        cancellationToken.ThrowIfCancellationRequested();
        return left > TimeSpan.Zero ? Task.Delay(left, _options.Time, cancellationToken) : Task.CompletedTask;
    }
}
