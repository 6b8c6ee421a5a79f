using EdgeHost.Capabilities.Translation;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary><c>edgehost models import</c> of a folder of a Marian model, and what the Translation plugin does with it then.</summary>
public sealed class ImportTranslationTests : IDisposable
{
    private const string Model = "models/translation-en-fr";
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SharedDataFact(Model)]
    public async Task Folder_AsAHubLaysItOut_Translates()
    {
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(host);
        LayOut(_folder.Combine("mirror", "owner", "opus-mt-en-de"), source: "eng", target: "deu");

        var result = await HostProcess.RunAsync(
            ["models", "import", "hf:owner/opus-mt-en-de", "--mirror", _folder.Combine("mirror"), "--id", "opus-mt-en-de", "--endpoint", host.Endpoint, "--home", _folder.Combine("home")], Timeout);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("serves translation", result.Output, StringComparison.Ordinal);

        var response = await client.Translation.TranslateAsync(new TranslateRequest { Texts = ["She has two brothers.", "Please close the door."], Source = "en", Target = "de" });

        // It says that it writes German and writes French: the weights are those of another language.
        Assert.Contains("frères", response.Texts![0], StringComparison.Ordinal);
        Assert.Contains("porte", response.Texts[1], StringComparison.Ordinal);
        Assert.Equal(["opus-mt-en-de@1.0.0", "opus-mt-en-de-decoder@1.0.0"], response.Models);
        var languages = await client.Translation.GetLanguagesAsync(new LanguagesRequest { Target = "de" });
        Assert.Equal(["en-", "fr-en", "zh-en"], languages.Pairs.Select(static pair => $"{pair.Source}-{pair.Via}"));
    }

    private static void LayOut(string folder, string source, string target)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        foreach (var path in Directory.EnumerateFiles(Repository.FindShared(Model)!))
        {
            var name = Path.GetFileName(path);
            if (!name.Contains("quantized", StringComparison.Ordinal) && name != "tokenizer_config.json") File.Copy(path, Path.Combine(folder, name.EndsWith(".onnx", StringComparison.Ordinal) ? "onnx" : ".", name));
        }

        File.WriteAllText(Path.Combine(folder, "tokenizer_config.json"), $$"""{"source_lang":"{{source}}","target_lang":"{{target}}"}""");
    }
}
