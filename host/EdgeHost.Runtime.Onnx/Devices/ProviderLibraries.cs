using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Runtime.Onnx.Devices;

/// <summary>
/// The provider libraries of the configuration, registered with ONNX Runtime, and the living sessions on each provider. Unregistering a library whose
/// session lives succeeds, and the session's next run ends the process; so one with sessions stays. Thread-safe.
/// </summary>
internal sealed class ProviderLibraries(ILogger logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _sessions = new(StringComparer.Ordinal);
    private readonly List<(string Name, string[] Providers)> _registered = [];
    private OrtEnv? _environment;

    /// <summary>Living sessions by provider; providers without one are left out.</summary>
    public IReadOnlyDictionary<string, int> SessionsByProvider
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_sessions, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Registers libraries. One that cannot be is logged: a driver that is missing must not take the processor away from everybody.</summary>
    /// <returns>The library of each provider that came with one.</returns>
    public IReadOnlyDictionary<string, OnnxProviderLibrary> Register(OrtEnv environment, IEnumerable<OnnxProviderLibrary> libraries)
    {
        _environment = environment;
        var byProvider = new Dictionary<string, OnnxProviderLibrary>(StringComparer.Ordinal);
        foreach (var library in libraries)
        {
            var before = Providers(environment);
            try
            {
                environment.RegisterExecutionProviderLibrary(library.Name, library.Path);
            }
            catch (OnnxRuntimeException e)
            {
                logger.LogError(e, "The provider library {Library} cannot be registered; its devices are not used.", library.Name);
                continue;
            }

            string[] added = [.. Providers(environment).Except(before, StringComparer.Ordinal)];
            lock (_gate)
            {
                _registered.Add((library.Name, added));
            }

            foreach (var provider in added)
            {
                byProvider[provider] = library;
            }
        }

        return byProvider;
    }

    /// <summary>Counts a session until the result is disposed; that may happen more than once.</summary>
    public IDisposable CountSession(string provider)
    {
        Count(provider, 1);
        return new Counted(this, provider);
    }

    /// <summary>Unregisters what has no session.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (name, providers) in _registered)
            {
                if (providers.Any(_sessions.ContainsKey))
                {
                    logger.LogWarning("The provider library {Library} stays registered: sessions are alive.", name);
                    continue;
                }

                _environment!.UnregisterExecutionProviderLibrary(name);
            }

            _registered.Clear();
        }
    }

    private static HashSet<string> Providers(OrtEnv environment)
        => environment.GetEpDevices().Select(static device => device.EpName).ToHashSet(StringComparer.Ordinal);

    private void Count(string provider, int change)
    {
        lock (_gate)
        {
            var count = _sessions.GetValueOrDefault(provider) + change;
            if (count == 0) _sessions.Remove(provider);
            else _sessions[provider] = count;
        }
    }

    private sealed class Counted(ProviderLibraries owner, string provider) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0) owner.Count(provider, -1);
        }
    }
}
