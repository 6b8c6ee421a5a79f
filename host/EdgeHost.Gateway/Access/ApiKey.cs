using System.Diagnostics.CodeAnalysis;

namespace EdgeHost.Gateway.Access;

/// <summary>What a program sends as its key: an app of the host, and the token that proves it.</summary>
/// <param name="App">The app's name.</param>
/// <param name="Token">Its token, as <c>edgehost apps add APP --token</c> printed it.</param>
public readonly record struct ApiKey(string App, string Token)
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads the value of an <c>Authorization</c> header: <c>Bearer APP:TOKEN</c>.</summary>
    /// <param name="header">The value, or null.</param>
    /// <param name="key">The key.</param>
    /// <returns>False: there is none, or it has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? header, out ApiKey key)
    {
        key = default;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return false;
        var text = header.AsSpan(Scheme.Length).Trim();
        var colon = text.IndexOf(':');
        if (colon <= 0 || colon == text.Length - 1) return false;
        key = new ApiKey(text[..colon].ToString(), text[(colon + 1)..].ToString());
        return true;
    }

    /// <summary>The app alone: a token never gets into a log.</summary>
    public override string ToString() => App;
}
