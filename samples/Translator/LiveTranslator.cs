using EdgeHost;
using EdgeHost.Capabilities.Translation;
using EdgeHost.Client;

namespace Translator;

/// <summary>
/// Shows under the line that is typed what it is in the other language. Each key cancels the call before it, so the host never works on what nobody waits for; drafts are quick (one
/// hypothesis), and Enter asks for the best.
/// </summary>
internal sealed class LiveTranslator(EdgeHostClient client, string? source, string target) : IDisposable
{
    private const string ClearBelow = "\r\e[J";
    private const int Grey = 90;
    private const int Red = 31;
    private readonly SemaphoreSlim _screen = new(1, 1);
    private readonly Draft _draft = new();

    public async Task RunAsync()
    {
        await Console.Error.WriteLineAsync($"Type; the {target} is below. Enter keeps it, Ctrl+C ends.");
        var typed = string.Empty;
        while (true)
        {
            var key = await Task.Run(static () => Console.ReadKey(intercept: true));
            if (key.Key == ConsoleKey.Enter)
            {
                await KeepAsync(typed);
                typed = string.Empty;
                continue;
            }

            if (key.Key == ConsoleKey.Backspace) typed = typed.Length > 0 ? typed[..^1] : typed;
            else if (!char.IsControl(key.KeyChar)) typed += key.KeyChar;
            await ShowAsync(typed, string.Empty, Grey, CancellationToken.None);
            var text = typed;
            _draft.Begin(cancellationToken => DraftAsync(text, cancellationToken));
        }
    }

    private async Task DraftAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(text)) return;
            var answer = await client.Translation.TranslateAsync(
                new TranslateRequest { Text = text, Source = source, Target = target, Beam = 1 }, new CallOptions { Priority = CallPriority.Interactive }, cancellationToken);
            await ShowAsync(text, answer.Text!, Grey, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The next key came first.
        }
        catch (EdgeHostException e)
        {
            await ShowAsync(text, e.Message, Red, CancellationToken.None);
        }
    }

    private async Task KeepAsync(string text)
    {
        _draft.Stop();
        try
        {
            var answer = await client.Translation.TranslateAsync(new TranslateRequest { Text = text, Source = source, Target = target });
            Console.Write($"{ClearBelow}{text}\n{answer.Text}   \e[90m({string.Join(" → ", answer.Details[0].Route)})\e[0m\n");
        }
        catch (EdgeHostException e)
        {
            Console.Write($"{ClearBelow}{text}\n\e[31m{e.Message}\e[0m\n");
        }
    }

    public void Dispose()
    {
        _draft.Dispose();
        _screen.Dispose();
    }

    // The end of what is long is what was just typed.
    private static string Fit(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        var width = Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        return line.Length <= width ? line : string.Concat("…", line.AsSpan(line.Length - width + 1));
    }

    // The draft below, then the cursor back behind what was typed.
    private async Task ShowAsync(string text, string below, int colour, CancellationToken cancellationToken)
    {
        await _screen.WaitAsync(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var shown = Fit(text);
            Console.Write(below.Length == 0 ? $"{ClearBelow}{shown}" : $"{ClearBelow}{shown}\n\e[{colour}m{Fit(below)}\e[0m\e[1A\r{shown}");
        }
        finally
        {
            _screen.Release();
        }
    }
}
