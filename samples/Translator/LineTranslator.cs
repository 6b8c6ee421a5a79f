using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;

namespace Translator;

/// <summary>Translates line by line what comes through a pipe.</summary>
internal sealed class LineTranslator(EdgeHostClient client, string? source, string target)
{
    public async Task RunAsync(TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            var answer = await client.Translation.TranslateAsync(new TranslateRequest { Text = line, Source = source, Target = target });
            await output.WriteLineAsync(answer.Text);
        }
    }
}
