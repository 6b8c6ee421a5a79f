using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>A tree of <c>/sys</c> and <c>/proc</c> files that a host reads in place of the machine's. Each file is replaced in one piece.</summary>
internal sealed class FakeMachine : IDisposable
{
    private readonly TempFolder _root = new();

    public FakeMachine()
    {
        Write("sys/class/power_supply/AC/type", "Mains");
        Write("sys/class/power_supply/BAT0/type", "Battery");
        SetPower(isOnMains: true, percent: 80);
        SetMemoryPressure(some: 0, full: 0);
    }

    /// <summary>What a host is told so that it reads these files, as often as it may.</summary>
    public Dictionary<string, string> Settings() => new()
    {
        ["Runtime:Conditions:SystemRoot"] = _root.Path,
        ["Runtime:Conditions:Interval"] = "00:00:00.100",
        ["Runtime:Conditions:IdleInterval"] = "00:00:00.100",
    };

    public void SetPower(bool isOnMains, int percent)
    {
        Write("sys/class/power_supply/BAT0/capacity", $"{percent}");
        Write("sys/class/power_supply/BAT0/status", isOnMains ? "Charging" : "Discharging");
        Write("sys/class/power_supply/AC/online", isOnMains ? "1" : "0");
    }

    public void SetMemoryPressure(double some, double full)
        => Write("proc/pressure/memory", $"some avg10={some:F2} avg60=0.00 avg300=0.00 total=0\nfull avg10={full:F2} avg60=0.00 avg300=0.00 total=0");

    public void Dispose() => _root.Dispose();

    private void Write(string path, string content)
    {
        var target = _root.Combine(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var next = _root.Combine("next");
        File.WriteAllText(next, $"{content}\n");
        File.Move(next, target, overwrite: true);
    }
}
