namespace EdgeHost.Host.Configuration;

/// <summary>Keeps secrets off the screen and out of the log: values whose key says that they are one.</summary>
internal static class OptionSecrets
{
    private const string Masked = "***";
    private static readonly string[] Words = ["token", "secret", "password", "apikey", "api_key", "credential"];

    /// <summary>The value, or stars in its place.</summary>
    public static string Shown(string key, string value)
    {
        var name = key.AsSpan(key.LastIndexOf(':') + 1);
        if (value.Length == 0 || value == "null") return value;
        foreach (var word in Words)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase)) return Masked;
        }

        return value;
    }
}
