using System.Globalization;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Conditions;

/// <summary>
/// Reads what Linux shows under <c>/sys</c> and <c>/proc</c>: power supplies, thermal zones, pressure of memory, version 2 control groups. On other
/// systems, and in containers that hide these files, there is nothing to read and so no signal. Figures that cannot be right are dropped.
/// </summary>
internal sealed partial class SystemFileSensors : IMachineSensors
{
    private readonly ISystemFiles _files;
    private readonly string _root;

    public SystemFileSensors(ISystemFiles files, IOptions<EdgeHostRuntimeOptions> options)
    {
        _files = files;
        _root = options.Value.Conditions.SystemRoot.TrimEnd('/');
    }

    public MachineReading Read()
    {
        var (isOnBattery, percent) = ReadPower();
        return new MachineReading { IsOnBattery = isOnBattery, BatteryPercent = percent, Zones = ReadZones(), Memory = ReadMemory() };
    }

    private (bool IsOnBattery, int? Percent) ReadPower()
    {
        const string folder = "/sys/class/power_supply";
        var isSupplied = false;
        var hasSupply = false;
        var isDischarging = false;
        var isUnknown = false;
        var percents = new List<int>();
        foreach (var name in List(folder))
        {
            var type = Word($"{folder}/{name}/type");

            // A mouse or a headset has a battery too, but the machine does not run from it.
            if (type is null || Word($"{folder}/{name}/scope") == "Device") continue;
            if (type is not ("Battery" or "UPS"))
            {
                if (Number($"{folder}/{name}/online") is not { } online) continue;
                hasSupply = true;
                isSupplied |= online > 0;
                continue;
            }

            if (Word($"{folder}/{name}/present") == "0") continue;
            if (Number($"{folder}/{name}/capacity") is { } percent and >= 0 and <= 100) percents.Add((int)percent);
            var status = Word($"{folder}/{name}/status");
            isDischarging |= status == "Discharging";
            isUnknown |= status is null or "Unknown";
        }

        // Some chargers say that they are there while the battery says that it discharges (it may be above its charge limit): mains decides.
        var isOnBattery = !isSupplied && (isDischarging || (hasSupply && isUnknown));
        return (isOnBattery, percents.Count == 0 ? null : (int)Math.Round(percents.Average()));
    }

    private IReadOnlyList<string> List(string folder) => _files.List(_root + folder);

    private string? Text(string path) => _files.TryReadText(_root + path);

    /// <summary>A file's one word, or null where it is empty or not there.</summary>
    private string? Word(string path) => Text(path)?.Trim(Blank) is { Length: > 0 and < 64 } word ? word : null;

    private long? Number(string path) => long.TryParse(Word(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static readonly char[] Blank = [' ', '\t', '\r', '\n', '\0'];
}
