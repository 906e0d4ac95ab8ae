using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace IotGateway.Hosting.Configuration;

/// <summary>
/// Strict reading and checking of options. The binder is generated where <c>Get</c> is called, from the type that stands there, so each
/// class of options has a <c>Read</c> of one line: <c>configuration.Read("Clock", s =&gt;
/// s.Get&lt;ClockOptions&gt;(Options.Strict)).Checked()</c>.
/// </summary>
public static class Options
{
    /// <summary>Makes a key that no option has an error. Left to itself the binder drops a misspelt key without a word.</summary>
    public static void Strict(BinderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ErrorOnUnknownConfiguration = true;
    }

    /// <summary>Reads a section; its defaults where it is absent.</summary>
    /// <exception cref="ConfigurationException">A value has the wrong form or a key is not known; the message names it.</exception>
    public static T Read<T>(this IConfiguration configuration, string section, Func<IConfiguration, T?> bind)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(bind);
        try
        {
            return bind(configuration.GetSection(section)) ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"Section {section}: {e.Message} {e.InnerException?.Message}".TrimEnd(), e);
        }
    }

    /// <summary>Checks one value.</summary>
    /// <param name="right">The verdict.</param>
    /// <param name="key">The key in full, such as <c>Sources:0:Port</c>.</param>
    /// <param name="value">The value as it was given.</param>
    /// <param name="expected">The range or form that is right.</param>
    /// <exception cref="ConfigurationException">It is not <paramref name="right"/>.</exception>
    public static void Check(bool right, string key, object? value, string expected)
    {
        if (!right)
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{key} is '{value}'; expected {expected}."));
    }

    /// <summary>Checks that a number lies in its range.</summary>
    /// <exception cref="ConfigurationException">It does not.</exception>
    public static void Check(ValueRange range, string key, double value) => Check(range.Holds(value), key, value, range.ToString());
}
