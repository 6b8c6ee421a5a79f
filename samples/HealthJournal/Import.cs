using EdgeHost.Capabilities.Health;
using EdgeHost.Client;

namespace HealthJournal;

/// <summary>Keeps the readings of a file; importing it again changes nothing.</summary>
internal sealed class Import(EdgeHostClient client, Settings settings, TextWriter output)
{
    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await client.Health.ImportAsync(
            new ImportHealthRequest { Person = settings.Person, Format = FormatOf(path), Data = await File.ReadAllBytesAsync(path, cancellationToken), Language = settings.Language },
            cancellationToken: cancellationToken);
        await output.WriteLineAsync($"{answer.Accepted} readings kept, {answer.Duplicates} were there already, {answer.Skipped} left out.");
        foreach (var flagged in answer.Flagged) await output.WriteLineAsync($"  reading {flagged.Index + 1} does not count: {flagged.Text}");
    }

    private static ImportFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".CSV" => ImportFormat.Csv,
        ".JSON" => ImportFormat.Fhir,
        ".XML" => ImportFormat.AppleHealth,
        _ => throw new FormatException($"'{path}' is no file of readings; .csv, .json (FHIR R4) and .xml (Apple Health) are."),
    };
}
