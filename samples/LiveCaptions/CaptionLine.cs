using EdgeHost.Capabilities.Speech;

namespace LiveCaptions;

/// <summary>Writes captions: unfinished ones over one another on a terminal, final ones with their time.</summary>
internal sealed class CaptionLine(TextWriter output, bool isTerminal)
{
    private const string BackToStart = "\r\e[K";

    public void Show(TranscriptItem item)
    {
        if (item.IsFinal) output.WriteLine($"{(isTerminal ? BackToStart : string.Empty)}[{TimeSpan.FromMilliseconds(item.StartMs):mm\\:ss\\.f}] {item.Text}");
        else if (isTerminal) output.Write($"{BackToStart}\e[90m{Fit(item.Text)}\e[0m");
    }

    // The end of a long caption is what was just said.
    private static string Fit(string text)
    {
        var width = Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        return text.Length <= width ? text : string.Concat("…", text.AsSpan(text.Length - width + 1));
    }
}
