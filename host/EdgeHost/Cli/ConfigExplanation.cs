using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;

namespace EdgeHost.Host.Cli;

/// <summary>Says of one key what it means and takes, what it is now, where that comes from, and when a change holds.</summary>
internal static class ConfigExplanation
{
    /// <summary>The lines for a key, a group of keys, or a name's or item's own key.</summary>
    /// <exception cref="UsageException">There is no such key; the message has the nearest.</exception>
    public static IEnumerable<string> Of(string key, HostSettings settings)
    {
        var (place, problem) = OptionPlace.Find(key);
        if (place is null) throw new UsageException(Nearest(key) is { } nearest ? $"There is no key '{key}'. Did you mean {nearest}?" : problem);
        return Explain(place, settings);
    }

    private static IEnumerable<string> Explain(OptionPlace place, HostSettings settings)
    {
        yield return place.Path;
        if (OptionReference.Lines.FirstOrDefault(line => line.Key == place.Pattern) is { } line)
        {
            if (line.Meaning.Length > 0) yield return $"  {line.Meaning}";
            yield return $"  takes    {(place.Node.Shape == OptionShape.Value ? OptionValue.Allowed(place.Node) : line.Takes)}";
            yield return $"  default  {line.Default}";
        }

        var below = OptionReference.Lines.Where(line => line.Key.StartsWith($"{place.Pattern}:", StringComparison.Ordinal)).Select(line => line.Key).ToList();
        if (below.Count > 0) yield return $"  keys     {string.Join(", ", below.Select(key => key[(place.Pattern.Length + 1)..]))}";
        var now = EffectiveOptions.Read(settings).Lines.Where(line => TextLayer.IsAtOrBelow(line.Key, place.Path)).ToList();
        if (now.Count == 0 && below.Count == 0) yield return "  now      not set";
        foreach (var value in now.Where(value => place.Node.Shape != OptionShape.Group || value.Origin != OptionLine.FromDefault))
        {
            yield return $"  now      {(value.Key == place.Path ? string.Empty : $"{value.Key[(place.Path.Length + 1)..]} = ")}{value.Value} (from {value.Origin})";
        }

        yield return place.Node.Shape switch
        {
            OptionShape.Group => "  changes  see each key",
            _ when LiveKeys.Contains(place.Path) => "  changes  hold at once, while the host runs",
            _ => "  changes  hold when the host is started again",
        };
        yield return $"  set by   {ConfigurationSources.VariablePrefix}{place.Path.Replace(":", "__", StringComparison.Ordinal)}, or --set {place.Path}=VALUE, over the file";
    }

    // The last part alone may be known elsewhere: 'BudgetBytes' is found in Runtime:Pool.
    private static string? Nearest(string key)
    {
        var keys = OptionReference.Lines.Select(line => line.Key).ToList();
        if (NearestNames.FindOne(key, keys) is { } nearest) return nearest;
        var name = NearestNames.FindOne(NameOf(key), keys.Select(NameOf));
        return name is null ? null : keys.Find(known => NameOf(known) == name);

        static string NameOf(string key) => key[(key.LastIndexOf(':') + 1)..];
    }
}
