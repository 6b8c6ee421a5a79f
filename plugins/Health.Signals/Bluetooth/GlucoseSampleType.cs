namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>What a glucose meter has measured.</summary>
public enum GlucoseSampleType
{
    /// <summary>Capillary whole blood.</summary>
    CapillaryWholeBlood = 1,

    /// <summary>Capillary plasma.</summary>
    CapillaryPlasma = 2,

    /// <summary>Venous whole blood.</summary>
    VenousWholeBlood = 3,

    /// <summary>Venous plasma.</summary>
    VenousPlasma = 4,

    /// <summary>Arterial whole blood.</summary>
    ArterialWholeBlood = 5,

    /// <summary>Arterial plasma.</summary>
    ArterialPlasma = 6,

    /// <summary>Whole blood of a place that is not known.</summary>
    UndeterminedWholeBlood = 7,

    /// <summary>Plasma of a place that is not known.</summary>
    UndeterminedPlasma = 8,

    /// <summary>Interstitial fluid.</summary>
    InterstitialFluid = 9,

    /// <summary>A control solution: no person's glucose.</summary>
    ControlSolution = 10,
}
