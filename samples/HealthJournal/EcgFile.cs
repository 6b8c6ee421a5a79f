using System.Globalization;

namespace HealthJournal;

/// <summary>An ECG of one lead: a first line such as <c># 125 Hz</c>, then a value in millivolts a line.</summary>
internal sealed record EcgFile(double SampleRateHz, float[] Millivolts)
{
    /// <exception cref="FormatException">A line is wrong.</exception>
    public static EcgFile Read(string path)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0].Split(' ') is not ["#", var rate, "Hz"] || !double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var hertz) || !(hertz >= 1))
            throw new FormatException($"{path} does not begin with a line such as '# 125 Hz'.");
        return new EcgFile(hertz, [.. lines.Skip(1).Select(static (line, i) => Parse(line, i + 2))]);
    }

    private static float Parse(string line, int number)
        => float.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"Line {number} of the ECG is '{line}', which is no number.");
}
