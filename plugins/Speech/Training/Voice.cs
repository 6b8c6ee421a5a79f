using System.Diagnostics;
using System.Globalization;

namespace EdgeHost.Plugins.Speech.Training;

/// <summary>A voice of an installed engine.</summary>
/// <param name="Engine"><c>espeak-ng</c> or <c>flite</c>.</param>
/// <param name="Name">As the engine calls it.</param>
internal sealed record Voice(string Engine, string Name)
{
    private static readonly string[] Flite = ["slt", "rms", "awb", "kal16", "kal"];
    private static readonly string[] Espeak =
    [
        "en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029", "en-us+f1", "en-us+f2", "en-gb+f3", "en-us+f4", "en-gb+m1", "en-us+m3", "en-us+m4",
        "en-us+m7", "en-gb-scotland+f2", "de", "fr", "es", "it",
    ];

    /// <summary>All that speak. Each of flite's comes four times, as they are nearer to people.</summary>
    public static IReadOnlyList<Voice> All { get; } = [.. Enumerable.Repeat(Flite, 4).SelectMany(static names => names).Select(static name => new Voice("flite", name)), .. Espeak.Select(static name => new Voice("espeak-ng", name))];

    /// <summary>A number for whoever it is: the same for all voices of one person.</summary>
    public int Person => Array.IndexOf(Flite, Name) is >= 0 and var flite ? Math.Min(flite, Array.IndexOf(Flite, "kal16")) : Flite.Length + Array.IndexOf(Espeak, Name);

    /// <summary>Speaks.</summary>
    /// <param name="text">A sentence.</param>
    /// <param name="random">Gives pace and pitch.</param>
    /// <returns>16,000 samples a second.</returns>
    public async Task<float[]> SpeakAsync(string text, Random random)
    {
        var path = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Engine);
            string[] given = Engine == "flite"
                ? ["-voice", Name, "--setf", string.Create(CultureInfo.InvariantCulture, $"duration_stretch={0.85 + (0.4 * random.NextDouble()):0.00}"), "-t", text, "-o", path]
                : ["-v", Name, "-s", $"{random.Next(130, 200)}", "-p", $"{random.Next(30, 75)}", "-w", path, text];
            foreach (var argument in given) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync().ConfigureAwait(false);
            return Sound.Read(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
