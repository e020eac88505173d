namespace AemloBridge.Cli.Completion;

/// <summary>
/// Completion scripts. Each asks <c>aemlo "[suggest:POSITION]" "LINE"</c> for the words that fit at the cursor, and
/// leaves file names to the shell where there are none.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Tab completion of aemlo in bash. Load it with: source <(aemlo completion bash)
        _aemlo_complete() {
            local word="${COMP_WORDS[COMP_CWORD]}" suggestion
            COMPREPLY=()
            while IFS= read -r suggestion; do
                if [[ -n "$suggestion" && "$suggestion" == "$word"* ]]; then
                    COMPREPLY+=("$suggestion")
                fi
            done < <(aemlo "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)
        }
        complete -o default -F _aemlo_complete aemlo

        """;

    private const string Zsh = """
        #compdef aemlo
        # Tab completion of aemlo in zsh. Load it with: source <(aemlo completion zsh)
        _aemlo() {
            local -a suggestions
            suggestions=("${(@f)$(aemlo "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            suggestions=(${(M)suggestions:#${PREFIX}*})
            if (( ${#suggestions} )); then
                compadd -- "${suggestions[@]}"
            else
                _files
            fi
        }
        # As a file of $fpath this is the body of the function _aemlo, called at the first completion.
        if [[ $funcstack[1] = _aemlo ]]; then
            _aemlo "$@"
        else
            compdef _aemlo aemlo
        fi

        """;

    private const string Fish = """
        # Tab completion of aemlo in fish. Load it with: aemlo completion fish | source
        complete -c aemlo -a '(aemlo "[suggest:"(commandline -C)"]" (commandline -p | string collect) 2>/dev/null)'

        """;

    private const string PowerShell = """
        # Tab completion of aemlo in PowerShell. Load it with: aemlo completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName aemlo -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            aemlo "[suggest:$cursorPosition]" "$line" 2>$null |
                Where-Object { $_ -and $_.StartsWith($wordToComplete) } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    /// <summary>The shells there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script for one of <see cref="Shells"/>.</summary>
    public static string For(string shell) => Script(shell).ReplaceLineEndings("\n");

    private static string Script(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        "pwsh" => PowerShell,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "no script for this shell"),
    };
}
