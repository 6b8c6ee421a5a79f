using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Sessions;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Serving;

/// <summary>What need not be read again: by the call's session, or by texts of the app that began alike, whichever is more. Thread-safe.</summary>
internal sealed class ReadBefore(SessionStore sessions, PrefixCache prefixes)
{
    /// <summary>Finds it.</summary>
    /// <returns>A row to be disposed, or null for nothing.</returns>
    public CacheRow? Find(AppIdentity app, string? session, GenerationModel model, IModelLease lease, IReadOnlyList<int> prompt)
    {
        var own = session is null ? null : sessions.Find(app, session, model, lease, prompt);
        if (prefixes.Find(app, model, lease, prompt, own?.Length ?? 0) is not { } longer) return own;
        own?.Dispose();
        return longer;
    }

    /// <summary>Keeps what a text has read. Where memory is short, it is not kept.</summary>
    public void Keep(AppIdentity app, string? session, GenerationModel model, IModelLease lease, IReadOnlyList<int> tokens, CacheRow read)
    {
        prefixes.Keep(app, model, lease, tokens, read);
        if (session is null) return;
        try
        {
            sessions.Keep(app, session, model, lease, tokens, read);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
        {
            // The answer is there; the next one takes longer.
        }
    }
}
