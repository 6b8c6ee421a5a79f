using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Conditions;

/// <summary>When battery, heat and memory pressure make work rest or models go.</summary>
public sealed class ConditionOptions
{
    /// <summary>Pause between two looks while the host works or something is short. 100 ms to 1 h, default 2 s: what the kernel's averages take to change.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The same while no model was asked for since the last look and all is well. 100 ms to 1 day, not below <see cref="Interval"/>; default 10 s: an idle
    /// host hardly wakes, and still gives idle models back when another program needs the memory.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan IdleInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Where the system's files are read: <c>proc</c> and <c>sys</c> are looked for in this folder. An absolute path, default <c>/</c>; another one is for
    /// tests and for containers that see the machine's files elsewhere.
    /// </summary>
    [Required]
    public string SystemRoot { get; set; } = "/";

    /// <summary>Whether training rests while the machine runs from a battery, however full. Default true: training is the one thing that can always wait for mains.</summary>
    public bool TrainingRestsOnBattery { get; set; } = true;

    /// <summary>Charge in percent at or below which background work and training rest, while on battery. 0 (never) to 100, default 20.</summary>
    [Range(0, 100)]
    public int BatteryLowPercent { get; set; } = 20;

    /// <summary>Charge in percent from which they go on. 0 to 100, not below <see cref="BatteryLowPercent"/>; default 30. On mains they go on at once.</summary>
    [Range(0, 100)]
    public int BatteryResumePercent { get; set; } = 30;

    /// <summary>Degrees Celsius below a passive or hot trip point at which the machine counts as hot. 0 to 50, default 5.</summary>
    [Range(0.0, 50.0)]
    public double ThermalMargin { get; set; } = 5;

    /// <summary>Degrees Celsius that it must cool further before it counts as cool again. 0 to 50, default 5.</summary>
    [Range(0.0, 50.0)]
    public double ThermalHysteresis { get; set; } = 5;

    /// <summary>
    /// Share of the last 10 s, in percent, in which some task waited for memory (PSI <c>some avg10</c>), from which memory counts as short. It counts as
    /// enough again below half. 0.1 to 100, default 10.
    /// </summary>
    [Range(0.1, 100.0)]
    public double MemorySomePercent { get; set; } = 10;

    /// <summary>Share in which all tasks waited (PSI <c>full avg10</c>), from which it counts as severely short; ends below half. 0.1 to 100, default 5.</summary>
    [Range(0.1, 100.0)]
    public double MemoryFullPercent { get; set; } = 5;

    /// <summary>Share of a control group's limit, in percent and without file pages that can be dropped, from which memory counts as short. 1 to 100, default 90.</summary>
    [Range(1.0, 100.0)]
    public double GroupSomePercent { get; set; } = 90;

    /// <summary>The same for severely short. 1 to 100, not below <see cref="GroupSomePercent"/>; default 97.</summary>
    [Range(1.0, 100.0)]
    public double GroupSeverePercent { get; set; } = 97;

    /// <summary>How long an event of the control group (limit reached, process killed) counts. 0 to 10 min, default 10 s, as long as the averages reach back.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan GroupEventTime { get; set; } = TimeSpan.FromSeconds(10);
}
