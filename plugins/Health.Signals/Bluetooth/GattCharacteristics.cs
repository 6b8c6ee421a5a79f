using System.Globalization;

namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>Finds characteristics by their UUIDs. Thread-safe.</summary>
public static class GattCharacteristics
{
    // The Bluetooth base UUID, of which assigned numbers are the first part (Core Specification, volume 3, part B, 2.5.1).
    private const string BaseEnd = "-0000-1000-8000-00805f9b34fb";
    private const string BaseStart = "0000";

    /// <summary>The characteristic of a UUID: a number of four hexadecimal digits (<c>2A37</c>, <c>0x2A37</c>) or the whole UUID.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none, or of a characteristic that is not decoded.</exception>
    public static GattCharacteristic Parse(string uuid)
    {
        ArgumentNullException.ThrowIfNull(uuid);
        var digits = uuid.Trim();
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) digits = digits[2..];
        else if (digits.StartsWith(BaseStart, StringComparison.Ordinal) && digits.EndsWith(BaseEnd, StringComparison.OrdinalIgnoreCase)) digits = digits[BaseStart.Length..^BaseEnd.Length];
        Require.That(
            digits.Length == 4 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((GattCharacteristic)number),
            $"The characteristic '{uuid}' is not decoded; {string.Join(", ", Enum.GetValues<GattCharacteristic>().Select(static one => $"{(int)one:X4} ({one})"))} are.");
        return (GattCharacteristic)int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
