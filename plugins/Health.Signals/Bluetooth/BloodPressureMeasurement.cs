namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>A value of Blood Pressure Measurement (0x2A35, Blood Pressure Service 1.1.1). Values are NaN or infinite where the device says so.</summary>
/// <param name="Systolic">Systolic pressure.</param>
/// <param name="Diastolic">Diastolic pressure.</param>
/// <param name="MeanArterial">Mean arterial pressure.</param>
/// <param name="Unit">The unit of the three: <c>mm[Hg]</c> or <c>kPa</c>.</param>
/// <param name="Time">The time of the device's clock, or null.</param>
/// <param name="PulseRate">The pulse in beats a minute, or null.</param>
/// <param name="UserId">Which of the device's users it was, 0 to 254, or null where it does not say or know.</param>
/// <param name="Status">What was wrong.</param>
public sealed record BloodPressureMeasurement(
    double Systolic, double Diastolic, double MeanArterial, string Unit, DateTime? Time, double? PulseRate, int? UserId, BloodPressureStatus Status)
{
    private const byte IsKilopascal = 0x01;
    private const byte HasTime = 0x02;
    private const byte HasPulse = 0x04;
    private const byte HasUser = 0x08;
    private const byte HasStatus = 0x10;
    private const byte Unknown = 0xE0;
    private const byte UnknownUser = 0xFF;

    /// <summary>Decodes a value.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is shorter or longer than its flags say, or has a time that does not exist.</exception>
    public static BloodPressureMeasurement Parse(ReadOnlySpan<byte> value)
    {
        var reader = new GattReader(value, GattCharacteristic.BloodPressureMeasurement);
        var flags = reader.Byte();
        var (systolic, diastolic, mean) = (reader.Short(), reader.Short(), reader.Short());
        var time = (flags & HasTime) != 0 ? reader.Time() : null;
        double? pulse = (flags & HasPulse) != 0 ? reader.Short() : null;
        int? user = (flags & HasUser) != 0 && reader.Byte() is not UnknownUser and var known ? known : null;
        var status = (flags & HasStatus) != 0 ? (BloodPressureStatus)reader.Word() : BloodPressureStatus.None;
        reader.End((flags & Unknown) != 0);
        return new BloodPressureMeasurement(systolic, diastolic, mean, (flags & IsKilopascal) != 0 ? "kPa" : "mm[Hg]", time, pulse, user, status);
    }
}
