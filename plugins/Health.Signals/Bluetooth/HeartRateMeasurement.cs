namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Heart Rate Measurement (0x2A37, Heart Rate Service 1.0).</summary>
/// <param name="BeatsPerMinute">The heart rate, 0 to 65535.</param>
/// <param name="HasContact">Whether the sensor touches the skin, or null where it does not know.</param>
/// <param name="EnergyKilojoules">Energy used since the last reset, or null.</param>
/// <param name="IntervalsMs">The RR intervals since the last value, the oldest first, in milliseconds; the sensor counts in 1/1024 s.</param>
public sealed record HeartRateMeasurement(int BeatsPerMinute, bool? HasContact, int? EnergyKilojoules, IReadOnlyList<double> IntervalsMs)
{
    private const byte IsWord = 0x01;
    private const byte Contact = 0x02;
    private const byte KnowsContact = 0x04;
    private const byte HasEnergy = 0x08;
    private const byte HasIntervals = 0x10;
    private const byte Unknown = 0xE0;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say.</exception>
    public static HeartRateMeasurement Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.HeartRateMeasurement);
        var flags = reader.Byte();
        int rate = (flags & IsWord) != 0 ? reader.Word() : reader.Byte();
        int? energy = (flags & HasEnergy) != 0 ? reader.Word() : null;
        var intervals = new List<double>();
        while ((flags & HasIntervals) != 0 && reader.Left >= 2) intervals.Add(reader.Word() * 1000 / 1024.0);
        reader.End((flags & Unknown) != 0);
        return new HeartRateMeasurement(rate, (flags & KnowsContact) != 0 ? (flags & Contact) != 0 : null, energy, intervals);
    }
}
