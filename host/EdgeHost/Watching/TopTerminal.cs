using System.Text;

namespace EdgeHost.Host.Watching;

/// <summary>Where the page goes: in place on a terminal, one after the other elsewhere.</summary>
internal sealed class TopTerminal
{
    private const int PipedWidth = 200;
    private const int SmallestWidth = 40;
    private const int SmallestHeight = 10;

    // The second page of the terminal, so that what was there before is there again afterwards; the cursor would only flicker.
    private const string Enter = "\e[?1049h\e[?25l\e[H\e[2J";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EndOfLine = "\e[K\r\n";
    private const string EndOfPage = "\e[J";
    private const string Bold = "\e[1m";
    private const string Yellow = "\e[33m";
    private const string Plain = "\e[0m";

    private TopTerminal(bool isLive) => IsLive = isLive;

    /// <summary>Whether pages replace one another.</summary>
    public bool IsLive { get; }

    public int Width => IsLive ? Math.Max(SmallestWidth, Console.WindowWidth) : PipedWidth;

    public int Height => Math.Max(SmallestHeight, Console.WindowHeight);

    public static TopTerminal Create() => new(!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb"));

    public void Open()
    {
        if (IsLive) Console.Write(Enter);
    }

    public void Close()
    {
        if (IsLive) Console.Write(Leave);
    }

    /// <summary>Shows a page: in place, or below the last one.</summary>
    public void Show(bool inPlace, IReadOnlyList<string> lines)
    {
        if (!inPlace)
        {
            Console.WriteLine(string.Join(Environment.NewLine, lines));
            Console.WriteLine();
            return;
        }

        var page = new StringBuilder(Home);
        foreach (var line in lines.Take(Height - 1))
        {
            var style = Style(line);
            page.Append(style).Append(line).Append(style.Length == 0 ? string.Empty : Plain).Append(EndOfLine);
        }

        Console.Write(page.Append(EndOfPage).ToString());
    }

    /// <summary>Whether the person asked to leave.</summary>
    public bool IsQuitPressed()
    {
        if (!IsLive || Console.IsInputRedirected) return false;
        while (Console.KeyAvailable)
        {
            if (Console.ReadKey(intercept: true) is { KeyChar: 'q' or 'Q' } or { Key: ConsoleKey.Escape }) return true;
        }

        return false;
    }

    // Headings stand out, what is wrong more so.
    private static string Style(string line) => line switch
    {
        ['!', ..] => Yellow,
        [>= 'A' and <= 'Z', >= 'A' and <= 'Z', ..] => Bold,
        _ => string.Empty,
    };
}
