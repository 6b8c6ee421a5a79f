namespace EdgeHost.Plugins.Speech.Keywords;

/// <summary>Listens for keywords in a sound that comes piece by piece. Not thread-safe.</summary>
internal interface IKeywordListener : IDisposable
{
    /// <summary>Takes the next piece.</summary>
    /// <param name="samples16k">Any number of samples from -1 to 1, 16,000 a second; not kept.</param>
    /// <param name="cancellationToken">Stops; the sound is then not to be gone on with.</param>
    /// <returns>The keyword that was heard in it, the surest where there were several; null for none.</returns>
    /// <exception cref="EdgeHostException">As <see cref="EdgeHost.PluginSdk.IModelLease.RunAsync"/> says.</exception>
    ValueTask<KeywordHit?> HearAsync(ReadOnlyMemory<float> samples16k, CancellationToken cancellationToken);
}
