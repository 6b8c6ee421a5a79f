using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Configuration;

/// <summary>
/// The values that a running host is configured with; they are replaced as a whole. Options that follow them are made anew at their next use. Replacing has
/// one caller at a time; reading is thread-safe.
/// </summary>
internal sealed class LiveConfiguration : ConfigurationProvider
{
    public LiveConfiguration(IReadOnlyDictionary<string, string?>? values)
    {
        Values = values ?? new Dictionary<string, string?>();
        Data = new Dictionary<string, string?>(Values, StringComparer.OrdinalIgnoreCase);
        Root = new ConfigurationRoot([this]);
    }

    public IReadOnlyDictionary<string, string?> Values { get; private set; }

    public IConfigurationRoot Root { get; }

    /// <summary>Puts other values in place of all there are. They were checked.</summary>
    public void Replace(IReadOnlyDictionary<string, string?> values)
    {
        Values = values;
        Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
        OnReload();
    }

    /// <summary>Lets monitors of these options follow the values.</summary>
    public void Follow<TOptions>(IServiceCollection services)
        => services.AddSingleton<IOptionsChangeTokenSource<TOptions>>(new ConfigurationChangeTokenSource<TOptions>(Root));
}
