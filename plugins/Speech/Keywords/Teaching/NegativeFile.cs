using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Speech.Keywords.Teaching;

/// <summary>The speech without keywords that comes with the plugin. Thread-safe.</summary>
internal sealed class NegativeFile(PluginEnvironment environment)
{
    private const string Name = "keyword-negatives.bin";

    /// <summary>Reads it; it is not kept, since keywords are taught seldom.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DataLoss"/>: it is missing or damaged.</exception>
    public async ValueTask<NegativeTracks> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return NegativeTracks.Read(await File.ReadAllBytesAsync(Path.Combine(environment.PluginFolder, "data", Name), cancellationToken).ConfigureAwait(false));
        }
        catch (IOException e)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, "The plugin's file of speech without keywords cannot be read; install the plugin again.", e);
        }
    }
}
