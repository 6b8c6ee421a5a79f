namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of PLX Spot-Check Measurement (0x2A5E) or PLX Continuous Measurement (0x2A5F) of the Pulse Oximeter Service 1.0.1. Values are NaN or infinite where the device says so.</summary>
/// <param name="Saturation">Oxygen saturation in percent.</param>
/// <param name="PulseRate">The pulse in beats a minute.</param>
/// <param name="Time">The time of the device's clock, or null where it gives none or its clock is not set.</param>
/// <param name="Status">What the device says of the value.</param>
/// <param name="PulseAmplitudeIndex">The share of the pulsating in the light, in percent, or null.</param>
public sealed record PulseOximeterMeasurement(double Saturation, double PulseRate, DateTime? Time, PulseOximeterStatus Status, double? PulseAmplitudeIndex)
{
    private const int DeviceStatusBytes = 3;
    private const int PairBytes = 4;

    /// <summary>Decodes a value of 0x2A5E.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say, or has a time that does not exist.</exception>
    public static PulseOximeterMeasurement ParseSpotCheck(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.PulseOximeterSpotCheck);
        var flags = reader.Byte();
        var (saturation, pulse) = (reader.Short(), reader.Short());
        var time = (flags & 0x01) != 0 ? reader.Time() : null;
        var status = (flags & 0x02) != 0 ? (PulseOximeterStatus)reader.Word() : PulseOximeterStatus.None;
        if ((flags & 0x04) != 0) reader.Skip(DeviceStatusBytes);
        double? index = (flags & 0x08) != 0 ? reader.Short() : null;
        reader.End((flags & 0xE0) != 0);
        return new PulseOximeterMeasurement(saturation, pulse, (flags & 0x10) != 0 ? null : time, status, index);
    }

    /// <summary>Decodes a value of 0x2A5F: the pair of normal speed; those of a fast and a slow response are passed over.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say.</exception>
    public static PulseOximeterMeasurement ParseContinuous(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.PulseOximeterContinuous);
        var flags = reader.Byte();
        var (saturation, pulse) = (reader.Short(), reader.Short());
        if ((flags & 0x01) != 0) reader.Skip(PairBytes);
        if ((flags & 0x02) != 0) reader.Skip(PairBytes);
        var status = (flags & 0x04) != 0 ? (PulseOximeterStatus)reader.Word() : PulseOximeterStatus.None;
        if ((flags & 0x08) != 0) reader.Skip(DeviceStatusBytes);
        double? index = (flags & 0x10) != 0 ? reader.Short() : null;
        reader.End((flags & 0xE0) != 0);
        return new PulseOximeterMeasurement(saturation, pulse, Time: null, status, index);
    }
}
