using System.Threading.Channels;
using EdgeHost.Capabilities.Models;

namespace EdgeHost.Host.Importing;

/// <summary>How far the fetching of a model is, as moments of a pull. What is not read in time is left out.</summary>
internal sealed class FetchProgress(string id)
{
    private const int MostWaiting = 16;

    private readonly Channel<PullProgress> _items = Channel.CreateBounded<PullProgress>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The moments; ends with the fetching.</summary>
    public IAsyncEnumerable<PullProgress> Items => _items.Reader.ReadAllAsync();

    /// <summary>Fetches, and tells <see cref="Items"/> of it.</summary>
    /// <param name="fetch">Given whom to tell what is received and its bytes so far.</param>
    public async Task<T> WatchAsync<T>(Func<Action<string, long>, Task<T>> fetch)
    {
        try
        {
            return await fetch(Tell).ConfigureAwait(false);
        }
        finally
        {
            _items.Writer.Complete();
        }
    }

    private void Tell(string file, long bytes)
        => _items.Writer.TryWrite(new PullProgress { Model = id, File = file, Phase = PullPhase.Downloading, PackageBytes = bytes });
}
