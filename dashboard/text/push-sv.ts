/** Swedish of notifications on this device. */
export const pushSv = {
  heading: 'Notiser på den här enheten',
  about:
    'Med notiser väcks du av larm även när skärmen är släckt eller Vaka är stängt. På en låst skärm står bara var det larmar, aldrig vem.',
  notAlone:
    'En notis är ett komplement. Ljudlöst läge, batterisparläge eller dålig täckning kan fördröja den.',
  state: {
    on: 'Notiser är på.',
    off: 'Notiser är av.',
    denied:
      'Webbläsaren har fått nej till notiser. Ändra det i webbläsarens inställningar för den här webbplatsen och ladda om sidan.',
    unsupported: 'Den här webbläsaren kan inte ta emot notiser. Prova en annan webbläsare.',
    install:
      'På iPhone och iPad behöver Vaka först läggas till på hemskärmen: tryck Dela, välj ”Lägg till på hemskärmen” och öppna Vaka därifrån.',
    insecure:
      'Notiser kräver att Vaka öppnas över https. Be den som driver systemet om rätt adress.',
  },
  turnOn: 'Slå på notiser',
  turnOff: 'Stäng av notiser',
  failed: 'Det gick inte att slå på notiser. Försök igen om en stund.',
  ended: 'De slutar när du loggar ut eller byter person.',
};
