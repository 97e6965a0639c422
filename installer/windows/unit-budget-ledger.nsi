; The Windows installer, compiled by NSIS 3 from the folder that PyInstaller made (see README.md here):
;   makensis -INPUTCHARSET UTF8 -DVERSION=0.1.0 -DSOURCE=..\..\dist\unit-budget-ledger -DOUTPUT=setup.exe unit-budget-ledger.nsi
; It installs for the user who runs it, without an administrator's rights. Ledgers are never touched.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user

!define TITLE "单位预算台账"
!define PROGRAM "unit-budget-ledger.exe"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\UnitBudgetLedger"
!define FILETYPE "UnitBudgetLedger.Document"

!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh

Name "${TITLE}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\UnitBudgetLedger"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${TITLE} ${VERSION}"

!define MUI_ICON "app.ico"
!define MUI_UNICON "app.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "打开${TITLE}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "..\..\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

Function .onInit
    ${IfNot} ${RunningX64}
        MessageBox MB_ICONSTOP "${TITLE}需要64位的 Windows。" /SD IDOK
        Abort
    ${EndIf}
    ${IfNot} ${AtLeastWin10}
        MessageBox MB_ICONSTOP "${TITLE}需要 Windows 10（1809）或更高版本。" /SD IDOK
        Abort
    ${EndIf}
FunctionEnd

!macro StopIfRunning UN
Function ${UN}StopIfRunning
    ; A program that is running holds its own file open: it must be closed before it can be replaced.
    IfFileExists "$INSTDIR\${PROGRAM}" 0 done
again:
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    IfErrors 0 free
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正在运行，请先关闭，再点“重试”。" /SD IDCANCEL IDRETRY again
    SetErrorLevel 3
    Quit
free:
    FileClose $0
done:
FunctionEnd
!macroend
!insertmacro StopIfRunning ""
!insertmacro StopIfRunning "un."

Section
    Call StopIfRunning
    ; An upgrade leaves nothing of the version before, but what the user put beside it stays.
    RMDir /r "$INSTDIR\_internal"
    SetOutPath "$INSTDIR"
    File /r "${SOURCE}/*"
    File "app.ico"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\app.ico"
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${PROGRAM}" "" "$INSTDIR\app.ico"

    WriteRegStr HKCU "Software\Classes\.ysz" "" "${FILETYPE}"
    WriteRegStr HKCU "Software\Classes\${FILETYPE}" "" "${TITLE}文件"
    WriteRegStr HKCU "Software\Classes\${FILETYPE}\DefaultIcon" "" "$INSTDIR\app.ico"
    WriteRegStr HKCU "Software\Classes\${FILETYPE}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

    WriteRegStr HKCU "${KEY}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\app.ico"
    WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

Section "Uninstall"
    Call un.StopIfRunning
    ; Ledgers, backups and settings stay where they are; so does anything else in the folder that is not the program's.
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\ysz.exe"
    Delete "$INSTDIR\app.ico"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${TITLE}.lnk"
    Delete "$DESKTOP\${TITLE}.lnk"
    DeleteRegKey HKCU "Software\Classes\${FILETYPE}"
    DeleteRegKey HKCU "Software\Classes\.ysz"
    DeleteRegKey HKCU "${KEY}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
