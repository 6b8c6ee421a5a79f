using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Conditions;

/// <summary>Files of a system that a test writes down. Not thread-safe.</summary>
internal sealed class RecordedFiles : ISystemFiles
{
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public int Reads { get; private set; }

    /// <summary>Adds files of a folder, as lines of a name and a text.</summary>
    public RecordedFiles Add(string folder, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
        {
            Texts[$"{folder}/{name}"] = text;
        }

        return this;
    }

    public string? TryReadText(string path)
    {
        Reads++;
        return Texts.GetValueOrDefault(path);
    }

    public IReadOnlyList<string> List(string folder)
        => [.. Texts.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)).Select(path => path[(folder.Length + 1)..].Split('/')[0]).Distinct()];
}
