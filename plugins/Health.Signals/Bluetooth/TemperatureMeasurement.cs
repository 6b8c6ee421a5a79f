namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Temperature Measurement (0x2A1C, Health Thermometer Service 1.0).</summary>
/// <param name="Value">The temperature; NaN or infinite where the device says so.</param>
/// <param name="Unit"><c>Cel</c> or <c>[degF]</c>.</param>
/// <param name="Time">The time of the device's clock, or null.</param>
/// <param name="Site">1 armpit, 2 body, 3 ear, 4 finger, 5 gut, 6 mouth, 7 rectum, 8 toe, 9 eardrum; or null.</param>
public sealed record TemperatureMeasurement(double Value, string Unit, DateTime? Time, int? Site)
{
    private const byte IsFahrenheit = 0x01;
    private const byte HasTime = 0x02;
    private const byte HasSite = 0x04;
    private const byte Unknown = 0xF8;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say, or has a time that does not exist.</exception>
    public static TemperatureMeasurement Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.TemperatureMeasurement);
        var flags = reader.Byte();
        var temperature = reader.Long();
        var time = (flags & HasTime) != 0 ? reader.Time() : null;
        int? site = (flags & HasSite) != 0 ? reader.Byte() : null;
        reader.End((flags & Unknown) != 0);
        return new TemperatureMeasurement(temperature, (flags & IsFahrenheit) != 0 ? "[degF]" : "Cel", time, site);
    }
}
