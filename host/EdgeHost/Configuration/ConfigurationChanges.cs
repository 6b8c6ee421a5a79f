using System.Text;

namespace EdgeHost.Host.Configuration;

/// <summary>What differs between the values in force and new ones.</summary>
/// <param name="Live">Keys that change while the host runs, sorted.</param>
/// <param name="Waiting">Keys that wait for a restart, sorted.</param>
/// <param name="Merged">The values in force afterwards: the live keys of the new ones, all others as they are.</param>
internal sealed record ConfigurationChanges(IReadOnlyList<string> Live, IReadOnlyList<string> Waiting, IReadOnlyDictionary<string, string?> Merged)
{
    private const int MostShown = 20;

    public static ConfigurationChanges Between(IReadOnlyDictionary<string, string?> inForce, IReadOnlyDictionary<string, string?> wanted)
    {
        var changed = inForce.Keys.Union(wanted.Keys, StringComparer.OrdinalIgnoreCase)
            .Where(key => inForce.GetValueOrDefault(key) != wanted.GetValueOrDefault(key))
            .Order(StringComparer.Ordinal)
            .ToLookup(LiveKeys.Contains);
        var merged = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in inForce.Where(pair => !LiveKeys.Contains(pair.Key))) merged[key] = value;
        foreach (var (key, value) in wanted.Where(pair => LiveKeys.Contains(pair.Key))) merged[key] = value;
        return new ConfigurationChanges([.. changed[true]], [.. changed[false]], merged);
    }

    /// <summary>The same without keys whose value something else decides.</summary>
    public ConfigurationChanges Without(IReadOnlyDictionary<string, string> overrides)
        => overrides.Count == 0 ? this : this with { Live = [.. Live.Where(key => !overrides.ContainsKey(key))], Waiting = [.. Waiting.Where(key => !overrides.ContainsKey(key))] };

    /// <summary>Names keys with their values, for one line of the log; secrets are left out.</summary>
    public static string Describe(IReadOnlyList<string> keys, IReadOnlyDictionary<string, string?> values)
    {
        var text = new StringBuilder();
        foreach (var key in keys.Take(MostShown))
        {
            if (text.Length > 0) text.Append(", ");
            text.Append(key).Append(' ').Append(values.TryGetValue(key, out var value) ? $"= {OptionSecrets.Shown(key, value ?? "null")}" : "removed");
        }

        return keys.Count > MostShown ? text.Append($" and {keys.Count - MostShown} more").ToString() : text.ToString();
    }
}
